import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const divisionsArea = area({
	path: "divisions",
	one: "division",
	add: "new-division",
	need: needs.viewDivisions,
	entry: { text: "divisions", icon: "list", group: "directory" },
	screens: () => import("./screens.tsx"),
});
