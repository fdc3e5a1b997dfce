const lines = require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean);

// Print each number as a Roman numeral.
