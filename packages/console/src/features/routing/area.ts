import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const routingArea = area({
	path: "routing",
	need: needs.viewSkills,
	entry: { text: "routing", icon: "transfer", group: "contactCenter" },
	screens: () => import("./screens.tsx"),
});
