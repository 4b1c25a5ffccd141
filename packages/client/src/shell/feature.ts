import type { FrameworkConfig } from "@inlay/contract";
import type { IconName } from "@inlay/ui";
import type { ComponentType } from "preact";
import type { WindowPage } from "../interaction-window/window-place.ts";
import type { LiveInteraction } from "../session/interaction.ts";
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
	/** Nowhere but on cards (`card`). */
	| { place: "card"; order: number }
	/** A section among the settings. */
	| { place: "settings"; order: number }
	/** Always visible in the header. */
	| { place: "header"; order: number };

/** A sentence of what has happened to an interaction, or nothing. */
export type NewsOf = (
	before: LiveInteraction | undefined,
	now: LiveInteraction,
	workspace: Workspace,
) => string | undefined;

/** One agent feature. Its folder is all of it: adding or removing the folder adds or removes the feature. */
export interface FeatureManifest {
	id: string;
	/** Any one of these opens the feature; none means everybody (agent-permissions table). */
	permissions: readonly string[];
	/** Whether the script's settings want it. */
	enabled?: (config: FrameworkConfig) => boolean;
	entry: FeatureEntry;
	/** What screen readers are told as an interaction changes; its card may come and go with that. */
	news?: () => Promise<NewsOf>;
	/** It comes without a ring, and is begun in its time: it is heard once, wherever the agent looks. */
	chimes?: (call: LiveInteraction) => boolean;
	/** The agent hangs up: the feature has something to ask first, and asks it on the card. */
	asksBeforeHangUp?: (call: LiveInteraction, workspace: Workspace) => boolean;
	/** Stands above the work as long as it has something to say. */
	strip?: Loadable;
	/** Happens by itself, in its time, whatever the agent looks at: stands below every view, where the ring does. */
	bar?: Loadable & { shows: (workspace: Workspace) => boolean };
	/** Absent where it is on cards only. */
	load?: () => Promise<FeatureModule>;
	/** What stands in the card of an open interaction, while `shows` says so of it. */
	card?: {
		shows: (call: LiveInteraction, workspace: Workspace) => boolean;
		load: () => Promise<CardView>;
		/** It is work that wants room: while the interaction window shows this interaction, it stands there and not in the panel. */
		inWindow?: boolean;
		/** What it shows happens by itself, in its time: it stands above all other cards, where it is seen without scrolling. */
		goesFirst?: (call: LiveInteraction) => boolean;
	};
	/** What the interaction window tells of an interaction below its facts: to read, and no work of its own. */
	facts?: {
		shows: (call: LiveInteraction, workspace: Workspace) => boolean;
		load: () => Promise<CardView>;
	};
	/** What stands in the interaction window alone, as a panel has no room for it; opened by `workspace.window.open`. */
	window?: {
		shows: (call: LiveInteraction, workspace: Workspace) => boolean;
		load: () => Promise<ComponentType<WindowPartView>>;
		/** It needs what browsers refuse in other people's pages, such as capturing a screen: it opens in a popup always. */
		isOnTop?: boolean;
	};
}

/** `page` is the window that it is drawn in: its devices, its size, what may be asked after a click there. */
export interface WindowPartView {
	workspace: Workspace;
	call: LiveInteraction;
	page: WindowPage;
}

export type CardView = ComponentType<{ workspace: Workspace; call: LiveInteraction }>;

/** A feature with something of its own to show. */
export type Loadable = Required<Pick<FeatureManifest, "load">>;
