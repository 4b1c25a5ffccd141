import { TextArea, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { everyDivision } from "../../session/rights.ts";
import { Affected } from "../../shell/affected.tsx";
import { DivisionSection } from "../../shell/division-section.tsx";
import { refusedFor } from "../../shell/failure.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { hrefOf } from "../../shell/router.ts";
import { t as shared } from "../../shell/strings.ts";
import { ThingScreen } from "../../shell/thing-screen.tsx";
import type { CodeForm } from "./code-form.ts";
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
			below={!model.isNew && <Below model={model} />}
			conflictOf={(field, mine, theirs) => ({ name: t(field), values: { mine: mine[field], theirs: theirs[field] } })}
		>
			{(form) => <Fields model={model} form={form} />}
		</ThingScreen>
	);
}

function Fields({ model, form }: { model: CodeModel; form: CodeForm }) {
	const { details } = model;
	const error = details.saving.error.value;
	return (
		<Section title={t("settings")}>
			<TextField
				label={t("name")}
				value={form.name}
				required
				error={model.isWrong("name") ? t("nameProblem") : refusedFor(error, "name")}
				onInput={(name) => details.change({ name })}
			/>
			<TextArea
				label={t("description")}
				value={form.description}
				rows={3}
				error={refusedFor(error, "description")}
				onInput={(description) => details.change({ description })}
			/>
		</Section>
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

function Below({ model }: { model: CodeModel }) {
	const code = model.details.base.value;
	return (
		<>
			<UsedIn model={model} />
			{model.moving && code && code.division?.id !== everyDivision && (
				<DivisionSection
					moving={model.moving}
					name={code.name}
					division={code.division}
					need={needs.editWrapupCode}
					hint={shared("divisionOfThings")}
				/>
			)}
		</>
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
