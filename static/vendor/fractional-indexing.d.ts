export * from "fractional-indexing";
