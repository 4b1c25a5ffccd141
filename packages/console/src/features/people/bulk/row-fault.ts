import { ApiError } from "../../../session/api.ts";
import { refusedFor } from "../../../shell/failure.ts";
import type { RowFault } from "./import-model.ts";
import { t } from "./strings.ts";

/** Where the server's rows stand in the file (`PeopleFile.numbers`). */
type Numbers = readonly number[];

const byCode: Readonly<Record<string, (params: Record<string, string>, numbers: Numbers) => string>> = {
	"import.unknown.division": ({ name = "" }) => t("unknownDivision", { name }),
	"import.unknown.role": ({ name = "" }) => t("unknownRole", { name }),
	"import.unknown.group": ({ name = "" }) => t("unknownGroup", { name }),
	"import.twin": ({ row }, numbers) => t("twin", { row: rowInFile(Number(row), numbers) }),
};

/** Which row of the file cannot be taken, for which column, and why. */
export function rowFaultText(fault: RowFault, numbers: Numbers): string {
	const { row, fieldName } = fault;
	return t("row", { row: rowInFile(row, numbers), column: fieldName, message: reason(fault, numbers) });
}

function rowInFile(row: number, numbers: Numbers): number {
	return numbers[row - 1] ?? row + 1;
}

function reason({ fieldName, code, message, params = {} }: RowFault, numbers: Numbers): string {
	const own = byCode[code];
	if (own) return own(params, numbers);
	// As at a form's field: the same refusals come from making one person.
	const refusal = new ApiError(400, { code, message, messageParams: params, details: [{ fieldName }] });
	return refusedFor(refusal, fieldName) ?? message;
}
