import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { PACKAGE_FOLDER } from '../support/package/published.cts';

/** Replaces the values that the code inserts into a message. */
const GAP = '…';

/** Errors whose text is for the user, with the position of that text among the arguments. */
const ERRORS: Readonly<Record<string, number>> = { NodeOperationError: 1, UserError: 0 };
const MESSAGE_PROPERTIES = new Set(['errorMessage', 'message', 'noFieldsError']);

/** The texts in the sources of nodes and credential, and those among them that are the message of an error or a hint. */
export function sourceTexts(): { all: Set<string>; messages: Set<string> } {
	const all = new Set<string>();
	const messages = new Set<string>();
	const visit = (node: ts.Node): void => {
		const text = textOf(node);
		if (text !== undefined) all.add(text);
		for (const message of messageParts(node)) messages.add(message);
		ts.forEachChild(node, visit);
	};
	for (const file of sourceFiles()) visit(file);
	return { all, messages };
}

function sourceFiles(): ts.SourceFile[] {
	return ['credentials', 'nodes'].flatMap((folder) =>
		readdirSync(join(PACKAGE_FOLDER, folder), { encoding: 'utf8', recursive: true })
			.filter((name) => name.endsWith('.ts'))
			.map((name) => join(PACKAGE_FOLDER, folder, name))
			.map((path) => ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022)),
	);
}

/** A literal with gaps for its values, the parts of a sum in one. */
function textOf(node: ts.Node): string | undefined {
	if (ts.isStringLiteralLike(node)) return node.text;
	if (ts.isTemplateExpression(node)) {
		return node.templateSpans.reduce(
			(text, { literal }) => `${text}${GAP}${literal.text}`,
			node.head.text,
		);
	}
	if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
		const [left, right] = [textOf(node.left), textOf(node.right)];
		return left === undefined || right === undefined ? undefined : left + right;
	}
	return undefined;
}

/** The possible texts if `node` sets the message of an error, or shows a hint. */
function messageParts(node: ts.Node): string[] {
	if (ts.isCallExpression(node)) return hintParts(node);
	if (ts.isNewExpression(node)) {
		const position = ts.isIdentifier(node.expression) ? ERRORS[node.expression.text] : undefined;
		const argument = position === undefined ? undefined : node.arguments?.[position];
		return argument === undefined ? [] : possibleTexts(argument);
	}
	if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) {
		return MESSAGE_PROPERTIES.has(node.name.text) ? possibleTexts(node.initializer) : [];
	}
	const isSet =
		ts.isBinaryExpression(node) &&
		node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
		ts.isPropertyAccessExpression(node.left) &&
		MESSAGE_PROPERTIES.has(node.left.name.text);
	return isSet ? possibleTexts(node.right) : [];
}

/** Of a call such as `item.addHintOnce(names, (list) => text)`. */
function hintParts({ expression, arguments: given }: ts.CallExpression): string[] {
	const isHint =
		ts.isPropertyAccessExpression(expression) && expression.name.text === 'addHintOnce';
	const hint = isHint ? given.at(1) : undefined;
	return hint && ts.isArrowFunction(hint) ? possibleTexts(hint.body as ts.Expression) : [];
}

function possibleTexts(expression: ts.Expression): string[] {
	if (ts.isConditionalExpression(expression)) {
		return [expression.whenTrue, expression.whenFalse].flatMap(possibleTexts);
	}
	const isEither =
		ts.isBinaryExpression(expression) &&
		expression.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;
	if (isEither) return [expression.left, expression.right].flatMap(possibleTexts);
	const text = textOf(expression);
	// What is left without its gaps has to say something.
	return text !== undefined && /\w+ \w+/.test(text.replaceAll(GAP, '')) ? [text] : [];
}
