"""``streamlit run`` on our app in a process where every run is a first visit with cold caches."""

from kept import before_each_run, forget
from streamlit.web.cli import main

before_each_run(forget)
main()
