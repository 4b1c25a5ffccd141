import type { TroubleCause } from "@inlay/contract/home";
import { Badge, locale } from "@inlay/ui";
import { Section, Shown } from "../../shell/parts.tsx";
import { mayOpen } from "../../shell/places.ts";
import { useRights } from "../../shell/rights.tsx";
import { causeText, curesOf } from "./cause.ts";
import type { HomeModel, Mended } from "./home-model.ts";
import { t } from "./strings.ts";

/** What agents meet, by its cause, with the place where it is put right. */
export function TroublesSection({ model }: { model: HomeModel }) {
	return (
		<Section title={t("troubles")} hint={t("troublesHint")}>
			<Shown from={model.troubles}>
				{(troubles) =>
					troubles.length === 0 ? (
						<p class="ui-muted">{t("noTroubles")}</p>
					) : (
						<ul class="rows">
							{troubles.map((one) => (
								<Cause
									key={[one.kind, one.code, one.deployment?.id, one.client?.id, one.unverified].join()}
									trouble={one}
									mended={model.mended(one)}
								/>
							))}
						</ul>
					)
				}
			</Shown>
		</Section>
	);
}

function Cause({ trouble, mended }: { trouble: TroubleCause; mended: Mended | undefined }) {
	const rights = useRights();
	const { count, lastAt, detail, code, people, unverified } = trouble;
	const when = new Date(lastAt).toLocaleString(locale.value, { dateStyle: "medium", timeStyle: "short" });
	const names = people.map(({ name }) => name);
	const whom = names.length > 0 ? [t("metBy", { people: new Intl.ListFormat(locale.value).format(names) })] : [];
	return (
		<li>
			<div class="row-main">
				{mended ? (
					<span>{t(mended, { name: trouble.deployment?.name ?? "" })}</span>
				) : (
					<strong>{causeText(trouble)}</strong>
				)}
				{detail && <code class="cause-detail">{detail}</code>}
				<span class="ui-muted">{[t("lastAt", { when }), ...whom, code].join(" · ")}</span>
				{unverified && <span class="ui-muted">{t("unverified")}</span>}
				<span class="cures">
					{(mended ? [] : curesOf(trouble))
						.filter((cure) => mayOpen(rights, cure))
						.map(({ href, text }) => (
							<a key={href} href={href}>
								{text}
							</a>
						))}
				</span>
			</div>
			<div class="row-end">
				{mended && <Badge tone="good">{t("mended")}</Badge>}
				<Badge tone={unverified || mended ? "plain" : "warn"}>{t("times", { count })}</Badge>
			</div>
		</li>
	);
}
