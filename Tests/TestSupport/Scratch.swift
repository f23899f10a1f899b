/// Where tests keep their scratch.
package enum Scratch {}
