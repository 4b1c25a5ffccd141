import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const rolesArea = area({
	path: "roles",
	one: "role",
	add: "new-role",
	need: needs.viewRoles,
	entry: { text: "roles", icon: "list", group: "directory" },
	screens: () => import("./screens.tsx"),
});
