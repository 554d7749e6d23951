"""Time expressions of an article, found and normalised to days or durations.

One public verb, `normalize_times`. Rules are regular expressions over one sentence at a time (no tags, no
trees); their word lists are in `words/`. The conventions are TimeML's (Pustejovsky et al. 2003, TIMEX3) where
it says something, with a first and a last day in place of a TIMEX3 value:

- weeks run from Monday to Sunday; seasons are those of the northern hemisphere, whole months;
- early, mid and late divide a month into thirds; of a year, a week or a season they keep the whole;
- "since X" lasts from the first day of X to the article's date, "in the past two weeks" likewise;
- weeks in a duration are written as days (XML Schema's duration knows no weeks);
- nothing relative is resolved without the article's date, and today's date is never used.
"""

from kg.times.normalize import normalize_times

__all__ = ["normalize_times"]
