% swipl load.pl FILE FORMAT OUT: the file's triples as Turtle, read and written by SWI-Prolog.
:- use_module(library(semweb/rdf_db)).
:- use_module(library(semweb/rdf_ntriples)).
:- use_module(library(semweb/turtle)).
:- initialization(main, main).

main([File, Format, Out]) :-
    rdf_load(File, [format(Format), silent(true)]),
    rdf_save_turtle(Out, [abbreviate_literals(false), silent(true)]).
