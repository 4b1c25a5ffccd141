/** How often it is looked whether the CRM's server is back, ms. */
export const lookAgainMs = 2000;
