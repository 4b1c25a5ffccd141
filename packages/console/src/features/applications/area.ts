import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const applicationsArea = area({
	path: "applications",
	one: "application",
	need: needs.viewApplications,
	entry: { text: "applications", icon: "check", group: "integrations" },
	screens: () => import("./screens.tsx"),
});
