/* The contents of a publication and of a page are open where there is room beside the text. */
"use strict";
for (const contents of document.querySelectorAll(".contents details, .on-this-page details")) contents.open = matchMedia("(min-width: 60em)").matches;
