import "./frame.css";
import { Banner, EmptyState, Icon, IconButton, Menu } from "@inlay/ui";
import { effect } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import { areas } from "../features/areas.ts";
import type { Need, Rights } from "../session/rights.ts";
import { Self } from "../session/self.ts";
import type { Session } from "../session/session.ts";
import type { PanelPlace, User } from "../session/wire.ts";
import { type Area, areaGroups } from "./area.ts";
import { AreaScreen, loadArea } from "./area-screen.tsx";
import { LeaveQuestion } from "./leave-question.tsx";
import { lackText } from "./need-text.ts";
import { notice } from "./notice.ts";
import { Screen } from "./parts.tsx";
import { RightsContext, useRights } from "./rights.tsx";
import { areaOf, goTo, hrefOf, type Route, readRoute, route } from "./router.ts";
import { ScreenModels } from "./screen-models.ts";
import { t } from "./strings.ts";

/** Navigation beside or above the screen that the address names. */
export function Frame({ session, me, panel }: { session: Session; me: User; panel: PanelPlace }) {
	const open = useMemo(() => {
		const self = new Self(me.id, session.rights, () => session.readRights());
		return { parts: { api: session.api, self, panel, store: sessionStorage }, models: new ScreenModels() };
	}, [session, me, panel]);
	const current = route.value;
	useEffect(() => effect(forgetNotice), []);
	return (
		<RightsContext.Provider value={session.rights.value}>
			<div class="frame">
				<button type="button" class="skip ui-button" onClick={focusContent}>
					{t("skip")}
				</button>
				<header class="bar">
					<span class="brand">Inlay</span>
					<Areas current={current} />
					<Menu
						label={t("account", { name: me.name })}
						align="end"
						buttonClass="ui-button account"
						items={[
							{ id: "account", text: t("ownAccount"), icon: "shield", onSelect: () => goTo({ screen: "account" }) },
							{ id: "out", text: t("signOut"), icon: "signout", onSelect: () => void session.signOut() },
						]}
					>
						<Icon name="user" />
						<span class="account-name ui-clip">{me.name}</span>
					</Menu>
				</header>
				<main id="content" class="content" tabIndex={-1} onInput={outdateNotice}>
					<Notice />
					<LeaveQuestion />
					<CurrentScreen key={hrefOf(current)} current={current} open={open} />
				</main>
			</div>
		</RightsContext.Provider>
	);
}

/** What was told belongs to the screen that it was told on. */
function forgetNotice(): void {
	void route.value;
	notice.value = undefined;
}

/** What was told of the last save is not about what is typed since. */
function outdateNotice(): void {
	notice.value = undefined;
}

/** A button, for the address's fragment belongs to the screens. */
function focusContent(): void {
	document.getElementById("content")?.focus();
}

/** Areas that are in the navigation, as far as one may see them. */
function openAreas(rights: Rights): Area[] {
	return areas.filter((area: Area) => area.entry && (sees(area, rights) || maySolelyAdd(area, rights)));
}

function sees({ need }: Area, rights: Rights): boolean {
	return !need || rights.may(need);
}

/** Least privilege: who may add and not see is led to where one adds. */
function maySolelyAdd(area: Area, rights: Rights): boolean {
	return !sees(area, rights) && area.addNeed !== undefined && rights.may(area.addNeed);
}

function Areas({ current }: { current: Route }) {
	const open = openAreas(useRights());
	const here = areaOf(current);
	const [isOpen, setOpen] = useState(false);
	useEffect(() => setOpen(false), [hrefOf(current)]);
	return (
		<nav aria-label={t("navigation")} class={isOpen ? "open" : undefined}>
			{/* On a narrow screen the areas wait behind it. */}
			<button type="button" class="areas-button ui-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
				<Icon name="list" />
				{t("navigation")}
			</button>
			{areaGroups.map((group) => {
				const inside = open.filter(({ entry }) => entry?.group === group);
				if (inside.length === 0) return null;
				return (
					<div class="area-group" key={group}>
						<h2 id={`areas-${group}`}>{t(group)}</h2>
						<ul class="areas" aria-labelledby={`areas-${group}`}>
							{inside.map((area) => (
								<AreaLink key={area.path} area={area} isHere={area === here} />
							))}
						</ul>
					</div>
				);
			})}
		</nav>
	);
}

function AreaLink({ area, isHere }: { area: Area; isHere: boolean }) {
	const { path, entry } = area;
	const toAdd = maySolelyAdd(area, useRights()) ? "/new" : "";
	return entry ? (
		<li>
			<a
				href={`#/${path}${toAdd}`}
				aria-current={isHere ? "page" : undefined}
				onPointerEnter={() => void loadArea(area)}
			>
				<Icon name={entry.icon} />
				<span>{t(entry.text)}</span>
			</a>
		</li>
	) : null;
}

function Notice() {
	const shown = notice.value;
	return (
		<div class="notice" aria-live="polite">
			{shown && (
				<Banner
					tone={shown.tone}
					action={
						<IconButton
							icon="close"
							size="small"
							label={t("dismiss")}
							onClick={() => {
								notice.value = undefined;
							}}
						/>
					}
				>
					{shown.text}
				</Banner>
			)}
		</div>
	);
}

type Open = Pick<Parameters<typeof AreaScreen>[0], "parts" | "models">;

function CurrentScreen({ current, open }: { current: Route; open: Open }) {
	const rights = useRights();
	const area: Area | undefined = areaOf(current);
	if (!area) return <Nowhere />;
	// The list's address, typed or kept from before, leads there too.
	const isOpenToAdd = (area.add === current.screen || area.path === current.screen) && maySolelyAdd(area, rights);
	const closed = isOpenToAdd ? undefined : area.need && rights.lack(area.need);
	if (closed) return <Closed need={closed} />;
	return <AreaScreen area={area} at={isOpenToAdd ? readRoute(`${area.path}/new`) : current} {...open} />;
}

/** A link with a mistake in it, or to what another release had. */
function Nowhere() {
	return (
		<Screen title={t("nowhereTitle")}>
			<div class="ui-card">
				<EmptyState icon="search" title={t("nowhereText")}>
					<a href={hrefOf({ screen: "home" })}>{t("home")}</a>
				</EmptyState>
			</div>
		</Screen>
	);
}

/** A screen that one may not see, and why. */
function Closed({ need }: { need: Need }) {
	return (
		<Screen title={t("closedTitle")}>
			<div class="ui-card">
				<EmptyState icon="shield" title={t("closedText")}>
					<p>{lackText(need, "Seeing")}</p>
				</EmptyState>
			</div>
		</Screen>
	);
}
