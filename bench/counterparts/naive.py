"""``streamlit run`` on our app without its caches: the screens as one first writes them."""

from kept import before_each_run, keep_only_what_a_run_reads
from streamlit.web.cli import main

before_each_run(keep_only_what_a_run_reads)
main()
