// What the page carries compressed: base64 of gzip in script elements that nothing runs, a chunk a line.

export const lines = (id) => document.getElementById(id).textContent.trim().split("\n");

export const unpack = (line) => {
  const bytes = Uint8Array.from(atob(line), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
};
