import type { IconName } from "@inlay/ui";
import type { Need } from "../session/rights.ts";
import type { Screens } from "./screens.tsx";
import type { t } from "./strings.ts";

type TextKey = Parameters<typeof t>[0];

/** Under which heading an area stands in the navigation, as administrators look for it. */
export const areaGroups = ["overview", "integrations", "directory", "contactCenter", "telephony"] as const;
export type AreaGroup = (typeof areaGroups)[number];

/**
 * A part of the console: a list, with a screen per thing and one to make another. It is the manifest of a folder under
 * `features/`, and small: its screens come when somebody goes there.
 */
export interface Area<Path extends string = string, One extends string = string, Add extends string = string> {
	/** First part of its addresses, and the name of the screen that stands there. */
	path: Path;
	/** Name of one thing's screen, at `path/id`. */
	one?: One;
	/** Whether there can be one with this id, where ids say so; absent: any may be. */
	has?: (id: string) => boolean;
	/** Name of the screen for making one, at `path/new`. */
	add?: Add;
	/** What seeing any of it takes. */
	need?: Need;
	/** What its screen for making one takes, where that opens for who may see nothing else of it. */
	addNeed?: Need;
	/** Its place in the navigation; one without is reached from other screens. */
	entry?: { text: TextKey; icon: IconName; group: AreaGroup };
	screens: () => Promise<{ screens: Screens }>;
}

/** Declares an area; the names of its screens are routes from then on (see router.ts). */
export function area<const Path extends string, const One extends string = never, const Add extends string = never>(
	declared: Area<Path, One, Add>,
): Area<Path, One, Add> {
	return declared;
}
