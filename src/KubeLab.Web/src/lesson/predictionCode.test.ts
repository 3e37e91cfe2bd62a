import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { comparedIn, findPredict, withAnswer } from './predictionCode.ts';

test('the template says what kind of answer it wants', () => {
  assert.deepEqual(findPredict('lesson.Predict("P05.1", "configured")'), { id: 'P05.1', isNumber: false, example: 'configured' });
  assert.deepEqual(findPredict('lesson.Predict("P05.2", 2)'), { id: 'P05.2', isNumber: true, example: '2' });
  assert.equal(findPredict('var x = 1;'), null);
});

test('an answer replaces the example and leaves the rest alone', () => {
  assert.equal(withAnswer('lesson.Predict("P1", 2)', ' 3.5 '), 'lesson.Predict("P1", 3.5)');
  assert.equal(withAnswer('lesson.Predict("P1", 2, "pods")', '7'), 'lesson.Predict("P1", 7, "pods")');
  assert.equal(withAnswer('lesson.Predict("P1", "a")', 'un"changed\\'), 'lesson.Predict("P1", "un\\"changed\\\\")');
});

test('words where a number was expected stay words and break no code', () => {
  assert.equal(withAnswer('lesson.Predict("P1", 2)', 'two); Boom('), 'lesson.Predict("P1", "two); Boom(")');
});

test('a cell that compares is found', () => {
  assert.equal(comparedIn('var n = 1;\nlesson.Compare("P05.3", n)'), 'P05.3');
  assert.equal(comparedIn('lesson.Check("E05.1")'), null);
});
