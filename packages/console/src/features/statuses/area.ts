import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const statusesArea = area({
	path: "statuses",
	one: "status",
	add: "new-status",
	need: needs.viewStatuses,
	entry: { text: "statuses", icon: "clock", group: "directory" },
	screens: () => import("./screens.tsx"),
});
