/** The platform's well-known id of the code that stands in when nobody chose one; the same in every organization (platform-api 5.7). */
export const defaultWrapupCodeId = "7fb334b0-0e9e-11e4-9191-0800200c9a66";
