/** Bounds of a token's lifetime and what the guide recommends, in seconds (configuration guide, step 7). */
export const tokenLifetime = { least: 300, most: 172_800, recommended: 64_800 } as const;
