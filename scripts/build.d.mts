/** Whether what lies in the dist of this bundle (`packages/client`) was made from its sources as they are. */
export function isBundleCurrent(folder: string): boolean;
