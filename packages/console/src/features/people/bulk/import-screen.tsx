import { Banner, Button } from "@inlay/ui";
import { useRef } from "preact/hooks";
import { csvText, keepAsFile } from "../../../shell/csv.ts";
import { tell } from "../../../shell/notice.ts";
import { Failure, Screen, Section } from "../../../shell/parts.tsx";
import { Lack } from "../../../shell/rights.tsx";
import { useUnsaved } from "../../../shell/unsaved.ts";
import { t as people } from "../strings.ts";
import type { ImportModel } from "./import-model.ts";
import { Outcomes, Passwords } from "./outcomes.tsx";
import { columns, mostRows } from "./people-file.ts";
import { rowFaultText } from "./row-fault.ts";
import { t } from "./strings.ts";

/** People from a file: read, looked through, taken, and given their first passwords. */
export function ImportScreen({ model }: { model: ImportModel }) {
	useUnsaved(() => model.edited);
	const created = model.created.value.length;
	return (
		<Screen
			title={t("importTitle")}
			lead={t("importLead")}
			back={{ to: { screen: "people" }, text: people("allPeople") }}
		>
			{created === 0 && <Choose model={model} />}
			{created > 0 && <Made model={model} count={created} />}
		</Screen>
	);
}

function Choose({ model }: { model: ImportModel }) {
	const input = useRef<HTMLInputElement>(null);
	const { file, working } = model;
	const read = async () => {
		const chosen = input.current?.files?.[0];
		if (chosen) await model.readFile(chosen);
	};
	return (
		<Section title={t("file")} hint={t("importColumns")}>
			<input
				ref={input}
				type="file"
				accept=".csv,.txt,text/csv"
				aria-label={t("file")}
				disabled={working.busy.value}
				// The same file, mended meanwhile, is a choice as well.
				onClick={(event) => {
					event.currentTarget.value = "";
				}}
				onChange={() => void read()}
			/>
			<div class="form-actions">
				<Button onClick={() => keepAsFile("people.csv", csvText([columns]))}>{t("template")}</Button>
			</div>
			{file.value && <Read model={model} />}
			<Failure error={working.error.value} />
		</Section>
	);
}

function Read({ model }: { model: ImportModel }) {
	const { file, faults, problem, working } = model;
	const { rows = [], numbers = [], unknown = [], missing = [] } = file.value ?? {};
	const found = faults.value;
	if (problem) return <Banner tone="bad">{t(problem, { most: mostRows, columns: missing.join(", ") })}</Banner>;
	return (
		<>
			{unknown.length > 0 && <Banner tone="warn">{t("unknownColumns", { columns: unknown.join(", ") })}</Banner>}
			{model.isGuessed.value && (
				<Banner tone="warn">{t("guessed", { names: model.tellingNames.join(", ") || "–" })}</Banner>
			)}
			{found?.length === 0 && <Banner tone="good">{t("fine", { count: rows.length })}</Banner>}
			{found && found.length > 0 && (
				<Banner tone="bad">
					{t("faulty", { count: found.length })}
					<ul class="plain-list">
						{found.slice(0, mostNamed).map((fault) => (
							<li key={`${fault.row} ${fault.fieldName} ${fault.message}`}>{rowFaultText(fault, numbers)}</li>
						))}
						{found.length > mostNamed && <li>…</li>}
					</ul>
				</Banner>
			)}
			<div class="form-actions">
				<Button busy={working.busy.value} onClick={() => void model.preview()}>
					{t("lookAgain")}
				</Button>
				<Button
					kind="primary"
					busy={working.busy.value}
					disabled={found?.length !== 0}
					onClick={async () => {
						if (await model.send()) tell(t("imported", { count: rows.length }));
					}}
				>
					{t("importNow", { count: rows.length })}
				</Button>
			</div>
		</>
	);
}

const mostNamed = 100;

/** Those who are in now: they can sign in once they have a password. */
function Made({ model: { made }, count }: { model: ImportModel; count: number }) {
	const lack = made.lackOfPasswords;
	const given = made.each.total.value > 0 && !made.each.busy.value && made.each.left === 0;
	return (
		<Section title={t("imported", { count })}>
			{!given && <p>{t("withoutPasswords")}</p>}
			<Lack lack={lack} />
			<Outcomes each={made.each} />
			<Passwords model={made} />
			{!lack && !given && (
				<div class="form-actions">
					<Button kind="primary" busy={made.each.busy.value} onClick={() => void made.giveOneTimePasswords()}>
						{t("oneTime")}
					</Button>
				</div>
			)}
		</Section>
	);
}
