import type { ExplainedRow } from "@inlay/contract/explained";
import { Button, Dialog, Select } from "@inlay/ui";
import { useState } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Form } from "../../shell/parts.tsx";
import { Lack, useLack } from "../../shell/rights.tsx";
import { t as shared } from "../../shell/strings.ts";
import type { ExplorerModel } from "./explorer-model.ts";
import type { FittingRole } from "./fitting-roles.ts";
import { t } from "./strings.ts";

/** A role that holds what is missing: the one that gives least is chosen already. */
export function GiveDialog({ model, row, onClose }: { model: ExplorerModel; row: ExplainedRow; onClose: () => void }) {
	const roles = model.rolesFor(row);
	const [first] = roles.filter(({ mayGive }) => mayGive);
	const [chosen, setChosen] = useState<string | undefined>(undefined);
	const roleId = chosen ?? first?.role.id ?? "";
	const name = model.explained.value?.user.name ?? "";
	const lack = useLack(needs.viewRoles);
	const close = () => {
		model.giving.forget();
		onClose();
	};
	const send = async () => {
		const role = roles.find((one) => one.role.id === roleId)?.role;
		if (!role || !(await model.give(role.id))) return;
		close();
		tell(t("given", { name, role: role.name }));
	};
	return (
		<Dialog title={t("giveTitle", { name })} closeLabel={shared("close")} onClose={close}>
			<Form onSend={() => void send()}>
				<p>{t("giveText", { permission: row.label })}</p>
				<Lack lack={lack} what="Seeing" />
				{!lack && roles.length === 0 && <p>{t("noRole")}</p>}
				{roles.length > 0 && !first && <p>{t("noneToGive")}</p>}
				{roles.length > 0 && (
					<Select
						label={t("role")}
						value={roleId}
						options={roles.map((one) => ({ value: one.role.id, text: roleText(one), disabled: !one.mayGive }))}
						onChange={setChosen}
					/>
				)}
				<Failure error={model.giving.error.value} />
				<div class="dialog-actions">
					<Button onClick={close}>{shared("cancel")}</Button>
					<Button kind="primary" type="submit" busy={model.giving.busy.value} disabled={!first}>
						{t("give")}
					</Button>
				</div>
			</Form>
		</Dialog>
	);
}

function roleText({ role: { name }, size, mayGive }: FittingRole): string {
	if (!mayGive) return t("beyond", { name });
	return size < 1_000 ? t("roleOption", { name, count: size }) : t("roleWide", { name });
}
