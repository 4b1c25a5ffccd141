import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

/** The organization that runs this server; external organizations are an area of the contacts. */
export const ownOrganizationArea = area({
	path: "own-organization",
	need: needs.viewSignInRules,
	entry: { text: "ownOrganization", icon: "gear", group: "directory" },
	screens: () => import("./screens.tsx"),
});
