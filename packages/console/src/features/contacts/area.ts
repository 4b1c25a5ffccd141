import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

/** Reached from the list of contacts. */
export const contactImportArea = area({
	path: "contacts-import",
	need: needs.addExternalContact,
	screens: () => import("./screens.tsx"),
});

export const contactsArea = area({
	path: "contacts",
	one: "contact",
	add: "new-contact",
	need: needs.viewExternalContacts,
	entry: { text: "contacts", icon: "user", group: "contactCenter" },
	screens: () => import("./screens.tsx"),
});

export const organizationsArea = area({
	path: "organizations",
	one: "organization",
	add: "new-organization",
	need: needs.viewOrganizations,
	entry: { text: "organizations", icon: "users", group: "contactCenter" },
	screens: () => import("./organization-screens.tsx"),
});
