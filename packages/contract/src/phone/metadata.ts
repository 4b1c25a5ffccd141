import type { MetadataJson } from "libphonenumber-js/core";
import smallest from "libphonenumber-js/min/metadata";

/** What is known of each country's numbers (libphonenumber's smallest set, 19 kB gzip), apart from the code that reads it. */
export const phoneMetadata: MetadataJson = smallest;
