/// Named maxima of this module, each with its arithmetic.
package enum Limits {}
