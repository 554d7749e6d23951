// What the page carries compressed: base64 of gzip in script elements that nothing runs, a chunk a line.

export const lines = (id) => document.getElementById(id).textContent.trim().split("\n");

export const unpack = (line) => {
  const bytes = Uint8Array.from(atob(line), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
};

// A script that is needed only now and then; the page's policy knows it by its hash.
export const run = async (id) => {
  const script = document.createElement("script");
  script.textContent = await unpack(lines(id)[0]).text();
  document.head.append(script);
};
