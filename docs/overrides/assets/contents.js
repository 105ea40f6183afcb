/* The contents of a publication are open where there is room beside the text. */
"use strict";
document.querySelector(".contents details").open = matchMedia("(min-width: 60em)").matches;
