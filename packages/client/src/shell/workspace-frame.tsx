import { arrange, foldName } from "@inlay/contract";
import { Badge, Icon, ignoreHeldKeysElsewhere, Menu, type MenuItem } from "@inlay/ui";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { AlertBar } from "./alert-bar.tsx";
import { ConnectionBanners } from "./banners.tsx";
import type { FeatureManifest, Loadable } from "./feature.ts";
import { featuresFor } from "./features.ts";
import { Lazy } from "./lazy.tsx";
import { listenForShortcuts } from "./shortcuts.ts";
import { t } from "./strings.ts";
import { ToastList } from "./toast-list.tsx";
import type { Workspace } from "./workspace.ts";

type ViewFeature = FeatureManifest & Loadable & { entry: Extract<FeatureManifest["entry"], { place: "view" }> };

/** Behind the sign-in, the ring and the sound of a reload; milliseconds. */
const loadAheadMs = 4000;

const isView = (feature: FeatureManifest): feature is ViewFeature => feature.entry.place === "view";

const isInHeader = (feature: FeatureManifest): feature is FeatureManifest & Loadable =>
	feature.entry.place === "header";

/** Loaded when it is wanted. */
const leaveDialog: Loadable = {
	load: () => import("./leave-dialog.tsx").then((module) => ({ View: module.LeaveDialog })),
};

/** Says what has no place of its own: no part of what a sign-in waits for. */
const spokenNews: Loadable = {
	load: () => import("./spoken-news.tsx").then((module) => ({ View: module.SpokenNews })),
};

/** What a policy may call a view: `callLog`, `call-log`, or its title. */
const namesOfView = ({ id, entry }: ViewFeature) => [id, entry.name, entry.title()];

function named(feature: ViewFeature, text: string | undefined): ViewFeature {
	return text === undefined ? feature : { ...feature, entry: { ...feature.entry, title: () => text } };
}

/** The signed-in panel: header, banners, the chosen view, navigation. */
export function WorkspaceFrame({ workspace }: { workspace: Workspace }) {
	const features = featuresFor(workspace);
	useEffect(() => loadAhead(features), []);
	useEffect(() => listenForShortcuts(workspace), [workspace]);
	useEffect(() => ignoreHeldKeysElsewhere(), []);
	const rules = workspace.ui.now.value.menu;
	// Who may not be here any more finishes what is in hand, and sees nothing else.
	const isClosing = workspace.life.closing.value !== undefined;
	const shown = features.filter(isView).filter(({ id }) => !isClosing || id === "interactions");
	const views = arrange(shown, rules, namesOfView).map(({ item, text }) => named(item, text));
	useLayoutEffect(() => {
		workspace.views.value = views.map(({ id }) => id);
	});
	const current = views.find((feature) => feature.id === workspace.view.value) ?? views[0];
	return (
		<div class="frame" data-at-work={workspace.session.conversations.listed.value.length > 0}>
			<header class="frame-header">
				{features.filter(isInHeader).map((feature) => (
					<Lazy key={feature.id} feature={feature} workspace={workspace} quiet />
				))}
				<HeaderMenu workspace={workspace} views={views} current={current} />
			</header>
			<ConnectionBanners workspace={workspace} />
			<main class="frame-view" aria-label={current?.entry.title()}>
				{current && <Lazy key={current.id} feature={current} workspace={workspace} />}
			</main>
			{features.map(
				({ id, bar }) => bar?.shows(workspace) && <Lazy key={id} feature={bar} workspace={workspace} quiet />,
			)}
			<AlertBar workspace={workspace} />
			<ToastList toasts={workspace.toasts} />
			<Lazy feature={spokenNews} workspace={workspace} quiet />
			{workspace.leaving.asking.value && <Lazy feature={leaveDialog} workspace={workspace} quiet />}
			<Navigation views={views.filter(({ entry }) => !entry.menu)} current={current?.id} workspace={workspace} />
		</div>
	);
}

function Navigation({
	views,
	current,
	workspace,
}: {
	views: readonly ViewFeature[];
	current?: string;
	workspace: Workspace;
}) {
	return (
		<nav class="frame-nav" aria-label={t("views")}>
			{views.map(({ id, entry }) => {
				const count = entry.count?.(workspace) ?? 0;
				return (
					<button
						key={id}
						type="button"
						class="nav-item"
						data-view={id}
						aria-current={id === current ? "page" : undefined}
						title={entry.title()}
						onClick={() => {
							workspace.view.value = id;
						}}
					>
						<span class="nav-icon">
							<Icon name={entry.icon} size={20} />
							{count > 0 && <Badge tone="info">{count}</Badge>}
						</span>
						<span class="nav-label ui-clip">{entry.title()}</span>
					</button>
				);
			})}
		</nav>
	);
}

function HeaderMenu({
	workspace,
	views,
	current,
}: {
	workspace: Workspace;
	views: readonly ViewFeature[];
	current: ViewFeature | undefined;
}) {
	const { me } = workspace.session;
	const { helpLinks } = workspace.config.value;
	// Each view has its own help (framework-contract 3); the list's is everybody's.
	const help = helpLinks[foldName(current?.entry.name ?? "")] ?? helpLinks.interactionlist;
	const more = views.filter(({ entry }) => entry.menu);
	const rules = workspace.ui.now.value.menu;
	const items: MenuItem[] = [
		...more.map(({ id, entry }) => ({
			id,
			text: counted(entry.title(), entry.count?.(workspace) ?? 0),
			icon: entry.icon,
			onSelect: () => {
				workspace.view.value = id;
			},
		})),
		...rules.add.map((added) => ({
			id: added.id,
			text: added.text,
			icon: "open" as const,
			onSelect: () => workspace.ui.clicked("menu", added),
		})),
		...(help ? [{ id: "help", text: t("help"), icon: "help" as const, href: help }] : []),
		{ id: "signout", text: t("signOut"), icon: "signout", onSelect: () => workspace.leaving.signOut() },
	];
	const waiting = more.reduce((sum, { entry }) => sum + (entry.count?.(workspace) ?? 0), 0);
	const arranged = arrange(items, rules, ({ id, text }) => [id, text]);
	return (
		<div class="header-menu">
			<Menu
				label={`${t("menu")} – ${me.name ?? ""}`}
				items={arranged.map(({ item, text }) => (text === undefined ? item : { ...item, text }))}
				align="end"
				buttonClass="header-button"
				namedByContent
			>
				<span class="ui-hidden">{`${t("menu")} – ${me.name ?? ""}`}</span>
				{waiting > 0 && (
					<span data-waiting={waiting}>
						<Badge tone="info">{atMost(waiting)}</Badge>
					</span>
				)}
				<span class="avatar" aria-hidden="true">
					{initials(me.name ?? "")}
				</span>
			</Menu>
		</div>
	);
}

/** As badges write it (agent-features 0.3). */
function atMost(count: number): string {
	return count > 99 ? "99+" : String(count);
}

function counted(title: string, count: number): string {
	return count > 0 ? `${title} (${atMost(count)})` : title;
}

/** The first letters of the first and the last name. */
export function initials(name: string): string {
	const words = name.trim().split(/\s+/).filter(Boolean);
	const ends = words.length > 1 ? [words[0], words.at(-1)] : words.slice(0, 1);
	return ends.map((word) => [...(word ?? "")][0]?.toUpperCase() ?? "").join("") || "?";
}

/** Loads what is not shown yet once the panel has time, so that an upgrade of the server finds all of it here already. */
function loadAhead(features: readonly FeatureManifest[]): () => void {
	const load = () => {
		const loading = features.flatMap(({ load, card }) => [load?.(), card?.load()]);
		for (const each of [...loading, leaveDialog.load()]) each?.catch(() => undefined);
	};
	const timer = setTimeout(load, loadAheadMs);
	return () => clearTimeout(timer);
}
