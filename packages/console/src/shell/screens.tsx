import type { ComponentType, VNode } from "preact";
import type { Api } from "../session/api.ts";
import type { Self } from "../session/self.ts";
import type { KeyValue } from "../session/sign-in.ts";
import type { PanelPlace } from "../session/wire.ts";
import type { ScreenModels } from "./screen-models.ts";

/** What a screen's model is made of. */
export interface ScreenParts {
	api: Api;
	/** Who is signed in. */
	self: Self;
	panel: PanelPlace;
	/** Of this browser tab. */
	store: KeyValue;
	/** Of the thing that the screen is about; empty where it is about none. */
	id: string;
}

/** Shows a screen with the model that is kept for its address. */
export type ShowScreen = (parts: ScreenParts, models: ScreenModels, address: string) => VNode;

/** The screens of a folder, by the names that its areas give them. */
export type Screens = Readonly<Record<string, ShowScreen>>;

/**
 * Declares a screen.
 * @param isIt whether the model of the screen before is this thing's: what was just made there goes on under its own address
 */
export function shows<Model>(
	View: ComponentType<{ model: Model }>,
	make: (parts: ScreenParts) => Model,
	isIt: (kept: unknown, id: string) => boolean = () => false,
): ShowScreen {
	return (parts, models, address) => (
		<View
			model={models.once(
				address,
				() => make(parts),
				(kept) => isIt(kept, parts.id),
			)}
		/>
	);
}
