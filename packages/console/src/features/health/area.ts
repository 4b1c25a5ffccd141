import { needs } from "../../session/needs.ts";
import { area } from "../../shell/area.ts";

export const healthArea = area({
	path: "health",
	need: needs.viewDeployments,
	entry: { text: "health", icon: "shield", group: "overview" },
	screens: () => import("./screens.tsx"),
});
