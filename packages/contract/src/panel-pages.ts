/** Paths of the agent client to which sign-in may return; one of them suffices, the first is the one to name. */
export const panelPages = ["/crm/index.html", "/crm/embeddableFramework.html"] as const;

/** Path of the page that signs in in a window of its own. */
export const windowPage = "/crm/authWindow.html";
