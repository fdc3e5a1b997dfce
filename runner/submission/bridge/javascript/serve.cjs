// SPDX-License-Identifier: MIT
"use strict";
/** Box A's program, serve.cjs MODULE: serves the candidate's module in the working directory over the descriptor 3. */
require("./load.cjs").load("candidate.cjs").main(3, process.argv[2], (url) => import(url));
