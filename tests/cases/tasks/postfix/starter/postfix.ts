export {}; // For each line print its value.
