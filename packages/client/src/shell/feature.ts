import type { FrameworkConfig } from "@inlay/contract";
import type { IconName } from "@inlay/ui";
import type { ComponentType } from "preact";
import type { LiveInteraction, MediaType } from "../session/interaction.ts";
import type { Workspace } from "./workspace.ts";

/** What a feature's lazy module gives. */
export interface FeatureModule {
	View: ComponentType<{ workspace: Workspace }>;
}

/** Where a feature shows itself. */
export type FeatureEntry =
	/** A view of its own, with a place in the navigation. `name` is what `User.setView` calls it (framework-contract 6). */
	| {
			place: "view";
			icon: IconName;
			title: () => string;
			order: number;
			name?: string;
			/** Opened from the menu: it has no place in the navigation. */
			menu?: boolean;
			count?: (workspace: Workspace) => number;
	  }
	/** Always visible in the header. */
	| { place: "header"; order: number };

/** One agent feature. Its folder is all of it: adding or removing the folder adds or removes the feature. */
export interface FeatureManifest {
	id: string;
	/** Any one of these opens the feature; none means everybody (agent-permissions table). */
	permissions: readonly string[];
	/** Whether the script's settings want it. */
	enabled?: (config: FrameworkConfig) => boolean;
	entry: FeatureEntry;
	load: () => Promise<FeatureModule>;
	/** What stands in the card of an open interaction of a medium. */
	card?: { media: MediaType; load: () => Promise<CardView> };
}

export type CardView = ComponentType<{ workspace: Workspace; call: LiveInteraction }>;
