import { area } from "../../shell/area.ts";

export const accountArea = area({
	path: "account",
	screens: () => import("./screens.tsx"),
});
