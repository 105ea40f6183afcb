/* A worker: unpacks the theme's search and what it searches (hooks/search.py), and hands on the first message, which has the settings. */
"use strict";

addEventListener("message", async (event) => {
  event.stopImmediatePropagation();
  const answer = await fetch("../../../search/search.js.gz");
  const content = await answer.blob();
  const [first] = new Uint8Array(await content.slice(0, 1).arrayBuffer());
  const packed = first === 0x1f; // some hosts unpack it on the way
  const program = packed ? await new Response(content.stream().pipeThrough(new DecompressionStream("gzip"))).blob() : content;
  importScripts(URL.createObjectURL(program));
  const { type, data } = event.data;
  dispatchEvent(new MessageEvent("message", { data: { type, data: { ...data, docs: self.docs } } }));
}, { once: true });
