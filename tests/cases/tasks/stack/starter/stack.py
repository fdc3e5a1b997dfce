# Write the class Stack here.
