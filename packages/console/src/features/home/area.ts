import { area } from "../../shell/area.ts";

/** What somebody may not see of it is not there; who may see nothing of it is told why. */
export const homeArea = area({
	path: "home",
	entry: { text: "home", icon: "bell", group: "overview" },
	screens: () => import("./screens.tsx"),
});
