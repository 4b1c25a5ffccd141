import { needs } from "../../session/needs.ts";
import { Affected } from "../../shell/affected.tsx";
import { DivisionSection } from "../../shell/division-section.tsx";
import { NamedFields } from "../../shell/named-fields.tsx";
import { Load, Section } from "../../shell/parts.tsx";
import { hrefOf } from "../../shell/router.ts";
import { ThingScreen } from "../../shell/thing-screen.tsx";
import type { CodeModel } from "./code-model.ts";
import { t } from "./strings.ts";

/** One wrap-up code, new or existing. */
export function CodeScreen({ model }: { model: CodeModel }) {
	return (
		<ThingScreen
			model={model}
			text={t}
			nameOf={({ name }) => name}
			list={{ screen: "wrap-up-codes" }}
			page={(id) => ({ screen: "wrap-up-code", id })}
			beside={["name", "description"]}
			isKept={model.standsIn}
			place={model.place}
			affected={<Losing model={model} />}
			below={
				<>
					{!model.isNew && <UsedIn model={model} />}
					<DivisionSection moving={model.moving} of={model.details.base.value} need={needs.editWrapupCode} />
				</>
			}
			conflictOf={(field, mine, theirs) => ({ name: t(field), values: { mine: mine[field], theirs: theirs[field] } })}
		>
			{(form) => <NamedFields model={model} form={form} text={t} />}
		</ThingScreen>
	);
}

/** Where it may be given, told before it is deleted. */
function Losing({ model }: { model: CodeModel }) {
	return (
		<Load from={model.queues}>
			{({ entities, total, hidden }) => (
				<Affected
					title={t("losing")}
					names={entities.map(({ name }) => name)}
					total={total}
					unseen={hidden > 0 ? t("hiddenQueues", { count: hidden }) : undefined}
				/>
			)}
		</Load>
	);
}

function UsedIn({ model }: { model: CodeModel }) {
	return (
		<Section title={t("usedIn")} hint={t("usedInHint")}>
			<Load from={model.queues}>
				{({ entities, total, hidden }) =>
					entities.length === 0 && hidden === 0 ? (
						<p class="ui-muted">{t("unused")}</p>
					) : (
						<>
							<ul class="rows">
								{entities.map(({ id, name }) => (
									<li key={id}>
										<a href={hrefOf({ screen: "queue", id })}>
											<bdi>{name}</bdi>
										</a>
									</li>
								))}
							</ul>
							{total > entities.length && <p class="ui-muted">{t("moreQueues", { count: total - entities.length })}</p>}
							{hidden > 0 && <p class="ui-muted">{t("hiddenQueues", { count: hidden })}</p>}
						</>
					)
				}
			</Load>
		</Section>
	);
}
