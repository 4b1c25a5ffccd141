import { Banner, Button, Select } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { csvText, keepAsFile } from "../../shell/csv.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Screen, Section } from "../../shell/parts.tsx";
import { t as shared } from "../../shell/strings.ts";
import { useUnsaved } from "../../shell/unsaved.ts";
import { columns, mostRows } from "./contact-file.ts";
import { type Coming, type ContactFault, type ContactImportModel, existings } from "./import-model.ts";
import { t } from "./import-strings.ts";
import { t as contacts } from "./strings.ts";

/** Contacts from a file: read, looked through, taken. */
export function ContactImportScreen({ model }: { model: ContactImportModel }) {
	useUnsaved(() => model.edited);
	const done = model.done.value;
	const coming = model.coming.value;
	useEffect(() => model.follow(), [model]);
	return (
		<Screen title={t("title")} lead={t("lead")} back={{ to: { screen: "contacts" }, text: contacts("all") }}>
			<Section
				title={t("file")}
				hint={`${t("columns", { columns: columns.join(", ") })} ${t("limit", { most: mostRows })}`}
			>
				<input
					type="file"
					accept=".csv,.txt,text/csv"
					aria-label={t("file")}
					disabled={model.working.busy.value || coming?.state === "running"}
					onChange={(event) => {
						const file = event.currentTarget.files?.[0];
						// The same file, mended meanwhile, is a choice as well.
						event.currentTarget.value = "";
						if (file) void model.readFile(file);
					}}
				/>
				<Select
					label={t("existing")}
					value={model.existing.value}
					options={existings.map((value) => ({ value, text: t(value) }))}
					onChange={(value) => void model.choose(existings.find((one) => one === value) ?? "skip")}
				/>
				<div class="form-actions">
					<Button onClick={() => keepAsFile("contacts.csv", csvText([columns]))}>{t("template")}</Button>
				</div>
				{coming && <Progress coming={coming} onPutAway={() => void model.putAway()} />}
				{done && <Banner tone="good">{t("done", counts(done))}</Banner>}
				{coming?.state !== "running" && model.file.value && <Read model={model} />}
				<Failure error={model.working.error.value} />
			</Section>
		</Screen>
	);
}

/** How far a file has come, or how it ended: that stands until it is put away. */
function Progress({ coming, onPutAway }: { coming: Coming; onPutAway: () => void }) {
	const { state, taken, total, error = "" } = coming;
	if (state === "running")
		return (
			<div role="status" data-coming={taken}>
				<progress value={taken} max={total} aria-label={t("title")} />
				<p>{t("coming", { taken, total })}</p>
			</div>
		);
	const isDone = state === "done";
	return (
		<Banner tone={isDone ? "good" : "bad"} action={<Button onClick={onPutAway}>{shared("dismiss")}</Button>}>
			{isDone ? t("done", counts(coming)) : t("ended", { taken, total, error })}
		</Banner>
	);
}

const counts = ({ created, completed, skipped }: { created: number; completed: number; skipped: number }) => ({
	...{ created, completed, skipped },
});

const mostNamed = 100;

/** The file that was chosen: what it is called, and what would come of it. */
function Read({ model }: { model: ContactImportModel }) {
	const name = model.fileName.value;
	return (
		<>
			{name !== "" && (
				<p data-file>
					<bdi>{name}</bdi>
				</p>
			)}
			{model.problem ? <Banner tone="bad">{t(model.problem, { most: mostRows })}</Banner> : <Rows model={model} />}
		</>
	);
}

function Rows({ model }: { model: ContactImportModel }) {
	const { unknown = [], numbers = [] } = model.file.value ?? {};
	const found = model.found.value;
	return (
		<>
			{unknown.length > 0 && <Banner tone="warn">{t("unknownColumns", { columns: unknown.join(", ") })}</Banner>}
			{model.findsNobody && <Banner tone="warn">{t("findsNobody")}</Banner>}
			{found && found.faults.length === 0 && <Banner tone="good">{t("fine", counts(found))}</Banner>}
			{found && found.faults.length > 0 && (
				<Banner tone="bad">
					{t("faulty", { count: found.faults.length })}
					<ul class="plain-list">
						{found.faults.slice(0, mostNamed).map((fault) => (
							<li key={`${fault.row} ${fault.fieldName}`}>{faultText(fault, numbers)}</li>
						))}
						{found.faults.length > mostNamed && <li>…</li>}
					</ul>
				</Banner>
			)}
			<div class="form-actions">
				<Button
					kind="primary"
					busy={model.working.busy.value}
					disabled={model.working.busy.value || found?.faults.length !== 0}
					onClick={async () => {
						const isSent = await model.send();
						const done = model.done.peek();
						if (isSent && done) tell(t("done", counts(done)));
					}}
				>
					{t("importNow")}
				</Button>
			</div>
		</>
	);
}

/** Which row of the file, as spreadsheets number them. */
function faultText({ row, fieldName = "", message }: ContactFault, numbers: readonly number[]): string {
	return t("row", { row: numbers[row] ?? row + 2, column: fieldName, message });
}
