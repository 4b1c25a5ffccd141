import type { NewsOf } from "../../shell/feature.ts";
import { isOffered } from "./offered.ts";
import { t } from "./strings.ts";

/** It rings with nobody: that there is somebody to be called is said once, in whatever view the agent is. */
export const newsOfPreviews: NewsOf = (before, now, workspace) =>
	now.isUntouched && isOffered(now) && !(before && isOffered(before))
		? t("offered", { name: workspace.nameOf(now) })
		: undefined;
