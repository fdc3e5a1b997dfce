// SPDX-License-Identifier: MIT
/** Box A's program: serves the candidate's module in the working directory over the descriptor 3. */
import { main } from "./assay_bridge/candidate.mjs";

main(3);
