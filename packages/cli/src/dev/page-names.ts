/** Names of the development mode in the panel's window. */

/** In the place of `.postMessage`: gives the way to post to a window, and tells the inspector. With its bracket as long as that. */
export const postTap = "$inlayPost";

/** Each version says at its end what it was made of: `$inlayPlaces(version, places)`. */
export const versionPlaces = "$inlayPlaces";

/** The version that a page begins with, as the server knows it. */
export const firstVersion = "$inlayVersion";

/** How `window.open` is answered in the inspector where the browser has opened none. */
export const noWindow = "no window";
