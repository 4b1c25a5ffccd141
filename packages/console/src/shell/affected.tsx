import { Banner } from "@inlay/ui";
import type { Duty } from "../session/needs.ts";
import { t } from "./strings.ts";

interface AffectedProps {
	title: string;
	names: readonly string[];
	total?: number;
	/** In words, how many there are besides that one may not see. */
	unseen?: string | undefined;
}

/** Names as far as a person reads them, and how many more there are. */
export function Affected({ title, names, total, unseen }: AffectedProps) {
	const shown = names.slice(0, mostShown);
	const more = Math.max(total ?? 0, names.length) - shown.length;
	if (shown.length === 0 && more <= 0 && !unseen) return null;
	return (
		<div>
			<p>{title}</p>
			<ul class="plain-list">
				{shown.map((name) => (
					<li key={name}>{name}</li>
				))}
				{more > 0 && <li>{t("moreOfThem", { count: more })}</li>}
				{unseen && <li>{unseen}</li>}
			</ul>
		</div>
	);
}

const mostShown = 10;

/** What the person at the screen is about to take from themselves: nobody locks themselves out unawares. */
export function SelfLoss({ duties }: { duties: readonly Duty[] }) {
	if (duties.length === 0) return null;
	return (
		<Banner tone="bad" urgent>
			{t("selfLoss")}
			<ul class="plain-list">
				{duties.map((duty) => (
					<li key={duty}>{t(duty)}</li>
				))}
			</ul>
		</Banner>
	);
}
