import "./script.css";
import { stepListsOf } from "@inlay/contract/scripter/walk";
import { TextField } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { refusedFor } from "../../shell/failure.ts";
import { Section } from "../../shell/parts.tsx";
import { ThingScreen } from "../../shell/thing-screen.tsx";
import { ActionsSection } from "./actions-section.tsx";
import { CheckSection } from "./check-section.tsx";
import { type Desk, deskOf } from "./desk.ts";
import { differing } from "./differing.ts";
import { FileButtons } from "./file-buttons.tsx";
import { PagesSection } from "./pages-section.tsx";
import { PreviewSection } from "./preview-section.tsx";
import { PublishSection } from "./publish-section.tsx";
import type { ScriptForm } from "./script-form.ts";
import type { ScriptModel } from "./scripts-model.ts";
import { t } from "./strings.ts";
import { VariablesSection } from "./variables-section.tsx";
import { VersionsSection } from "./versions-section.tsx";

/** One script, new or existing: written, checked, and published. */
export function ScriptScreen({ model }: { model: ScriptModel }) {
	return (
		<ThingScreen
			model={model}
			text={t}
			nameOf={(one) => one.name}
			list={{ screen: "scripts" }}
			page={(id) => ({ screen: "script", id })}
			beside={["name"]}
			place={model.place}
			conflictOf={(field, mine, theirs) => ({ name: t(nameOfField(field)), values: differing(field, mine, theirs) })}
			below={
				<>
					<PreviewSection model={model} />
					{!model.isNew && <PublishSection model={model} />}
					{!model.isNew && <VersionsSection model={model} />}
				</>
			}
		>
			{(form) => <Parts model={model} desk={deskOf(model, form)} form={form} />}
		</ThingScreen>
	);
}

function nameOfField(field: keyof ScriptForm) {
	if (field === "startPageId") return "startPage";
	return field === "onLoad" ? "f_onLoad" : field;
}

function Parts({ model, desk, form }: { model: ScriptModel; desk: Desk; form: ScriptForm }) {
	const { details } = model;
	const asks = stepListsOf(desk.document).some(({ steps }) => steps.some(({ kind }) => kind === "callService"));
	useEffect(() => {
		void model.hosts.begin();
		if (asks) void model.services.begin();
	}, [model, asks]);
	return (
		<>
			<Section title={t("name")}>
				<TextField
					label={t("name")}
					labelHidden
					value={form.name}
					error={model.isWrong("name") ? t("nameProblem") : refusedFor(details.saving.error.value, "name")}
					onInput={(name) => details.change({ name })}
				/>
				<FileButtons model={model} desk={desk} />
			</Section>
			<PagesSection desk={desk} />
			<VariablesSection desk={desk} />
			<ActionsSection desk={desk} />
			<CheckSection desk={desk} />
		</>
	);
}
